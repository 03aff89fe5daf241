import { version } from "clw";

const text: string = version();
void text;
