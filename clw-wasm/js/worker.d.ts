import type {
  DryRun,
  Evaluation,
  EvaluationObject,
  MappingGuess,
  NamedFile,
  Source,
  TomlDocument,
} from "../dist/clw.js";

/** An evaluation in the worker. Every part of it is worked out there when it is asked for. */
export interface RemoteEvaluation {
  toJson(): Promise<string>;
  toObject(): Promise<EvaluationObject>;
  findings(): Promise<Evaluation["findings"]>;
  people(): Promise<number>;
  summary(): Promise<string>;
  reportHtml(): Promise<string>;
  merge(other: RemoteEvaluation): Promise<RemoteEvaluation>;
  /** Gives its memory back before the worker ends. */
  free(): Promise<void>;
}

/** The library in a Web Worker. What `clw` throws rejects here, as an `Error` with `code`. */
export interface ClwWorker {
  /** Files go in as they were dropped: the worker reads them a piece at a time. */
  dryRun(source: Source): Promise<DryRun>;
  guessMapping(files: Iterable<NamedFile>): Promise<MappingGuess>;
  evaluate(source: Source & { plan: TomlDocument }): Promise<RemoteEvaluation>;
  /** Ends the worker, in the middle of its work too. */
  terminate(): void;
}

/**
 * Starts the library in a Web Worker.
 *
 * A worker of another address, which runs `clw/worker-script`, may be given, for pages whose host or
 * bundler serves scripts from elsewhere.
 */
export function startWorker(worker?: Worker): ClwWorker;
