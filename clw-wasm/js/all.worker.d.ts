import type {
  DisclosedEvaluation,
  DisclosureProfile,
  Evaluation,
  Instrument,
  NationalObject,
  Programme,
  Source,
  TomlDocument,
} from "../dist/all.js";
import type { ClwWorker, RemoteEvaluation as EveryRemoteEvaluation } from "./worker.js";

/** An evaluation in the worker. Every part of it is worked out there when it is asked for. */
export interface RemoteEvaluation extends EveryRemoteEvaluation {
  merge(other: RemoteEvaluation): Promise<RemoteEvaluation>;
  charts(theme?: "light" | "dark"): Promise<ReturnType<Evaluation["charts"]>>;
  disclosed(profile?: DisclosureProfile, after?: Iterable<RemoteEvaluation | string>): Promise<RemoteDisclosedEvaluation>;
  returnJson(programme: Programme, profile?: DisclosureProfile): Promise<string>;
}

/** What may leave the programme, in the worker. */
export interface RemoteDisclosedEvaluation {
  toJson(): Promise<string>;
  toObject(): Promise<ReturnType<DisclosedEvaluation["toObject"]>>;
  reportHtml(): Promise<string>;
  csv(): Promise<string>;
  charts(theme?: "light" | "dark"): Promise<ReturnType<DisclosedEvaluation["charts"]>>;
  free(): Promise<void>;
}

/** Programmes together, in the worker. */
export interface RemoteNational {
  toJson(): Promise<string>;
  toObject(): Promise<NationalObject>;
  evaluation(): Promise<RemoteEvaluation | undefined>;
  free(): Promise<void>;
}

/** All of the library in a Web Worker. What `clw/all` throws rejects here, as an `Error` with `code`. */
export interface AllWorker extends ClwWorker {
  addInstrument(definition: TomlDocument): Promise<Instrument>;
  evaluate(source: Source & { plan: TomlDocument }): Promise<RemoteEvaluation>;
  evaluationFromJson(text: string): Promise<RemoteEvaluation>;
  national(returns: Iterable<string>): Promise<RemoteNational>;
}

/**
 * Starts all of the library in a Web Worker.
 *
 * A worker of another address, which runs `clw/all/worker-script`, may be given, for pages whose host or
 * bundler serves scripts from elsewhere.
 */
export function startWorker(worker?: Worker): AllWorker;
