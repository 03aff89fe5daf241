import type {
  DisclosedEvaluation,
  DisclosureProfile,
  DryRun,
  Evaluation,
  EvaluationObject,
  Instrument,
  MappingGuess,
  NamedFile,
  National,
  NationalObject,
  Programme,
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
  charts(): Promise<ReturnType<Evaluation["charts"]>>;
  merge(other: RemoteEvaluation): Promise<RemoteEvaluation>;
  disclosed(profile?: DisclosureProfile, after?: Iterable<RemoteEvaluation | string>): Promise<RemoteDisclosedEvaluation>;
  returnJson(programme: Programme, profile?: DisclosureProfile): Promise<string>;
  /** Gives its memory back before the worker ends. */
  free(): Promise<void>;
}

/** What may leave the programme, in the worker. */
export interface RemoteDisclosedEvaluation {
  toJson(): Promise<string>;
  toObject(): Promise<ReturnType<DisclosedEvaluation["toObject"]>>;
  reportHtml(): Promise<string>;
  csv(): Promise<string>;
  charts(): Promise<ReturnType<DisclosedEvaluation["charts"]>>;
  free(): Promise<void>;
}

/** Programmes together, in the worker. */
export interface RemoteNational {
  toJson(): Promise<string>;
  toObject(): Promise<NationalObject>;
  evaluation(): Promise<RemoteEvaluation | undefined>;
  free(): Promise<void>;
}

/** The whole library in a Web Worker. What `clw` throws rejects here, as an `Error` with `code`. */
export interface ClwWorker {
  addInstrument(definition: TomlDocument): Promise<Instrument>;
  /** Files go in as they were dropped: the worker reads them a piece at a time. */
  dryRun(source: Source): Promise<DryRun>;
  guessMapping(files: Iterable<NamedFile>): Promise<MappingGuess>;
  evaluate(source: Source & { plan: TomlDocument }): Promise<RemoteEvaluation>;
  evaluationFromJson(text: string): Promise<RemoteEvaluation>;
  national(returns: Iterable<string>): Promise<RemoteNational>;
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
