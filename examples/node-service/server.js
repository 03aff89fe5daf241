// Starts the service, and stops it without leaving anybody unanswered.
import { service } from "./service.js";

const [host, port] = [process.env.HOST ?? "127.0.0.1", Number(process.env.PORT ?? 8080)];
const server = service();

server.listen(port, host, () => console.log(`listening on http://${host}:${server.address().port}`));

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    // No new connection; what is under way is answered, and then the process ends by itself.
    server.close(() => console.log("stopped; every request under way was answered"));
    server.closeIdleConnections();
  });
}
