// Starts the service, and stops it without leaving anybody unanswered.
import { service, stop } from "./service.js";

const [host, port] = [process.env.HOST ?? "127.0.0.1", Number(process.env.PORT ?? 8080)];
const server = service();

server.listen(port, host, () => console.log(`listening on http://${host}:${server.address().port}`));

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    const answered = await stop(server);
    console.log(`stopped; ${answered ? "every request under way was answered" : "what took too long was cut off"}`);
  });
}
