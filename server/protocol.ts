/** What the client and the language server say to each other beyond the standard protocol. Both sides import these descriptors. */

import type { DataRefusal, DescribedData } from '../engine/data/profile/described.ts';
import type { PairPicture } from '../engine/data/profile/pair.ts';
import type { EstimationReport } from '../engine/estimate/result.ts';
import type { GraphEdit } from '../engine/report/graphEdit.ts';
import type { GraphSnapshot, Supposition } from '../engine/report/snapshot.ts';

/** Ties a method's name to the types of its parameters and its result. */
export interface RequestDescriptor<Params, Result> {
  readonly method: string;
  /** Never there: it only carries the types. */
  readonly types?: (params: Params) => Result;
}

export interface NotificationDescriptor<Params> {
  readonly method: string;
  readonly types?: (params: Params) => void;
}

/** Commands that lenses name and a client offers; the names are also in package.json. */
export const SHOW_GRAPH_COMMAND = 'causal.showGraph';
export const ESTIMATE_COMMAND = 'causal.estimate';

/** The same for a client without commands of its own: the server runs it, given the address of a document. */
export const RUN_ESTIMATES_COMMAND = 'causal.runEstimates';

export interface DocumentParams {
  readonly uri: string;
}

export interface GraphAnswer {
  /** Version of the document that the snapshot is of. */
  readonly version: number;
  readonly snapshot: GraphSnapshot;
  /** Does the text have syntax errors, so that the graph may lack what the person is typing? */
  readonly broken: boolean;
}

/** The graph of an open document; null where it is not open. */
export const graphRequest: RequestDescriptor<DocumentParams, GraphAnswer | null> = { method: 'causal/graph' };

/**
 * The graph of an open document as it would be under a supposition, without a change of its text; null where the document is not open, or
 * what is supposed is none.
 */
export const whatIfRequest: RequestDescriptor<DocumentParams & Supposition, GraphSnapshot | null> = {
  method: 'causal/whatIf',
};

export interface EstimateParams extends DocumentParams {
  /** Named in the progress notifications of this run. */
  readonly run: string;
}

export type EstimateAnswer =
  | {
      readonly kind: 'report';
      readonly version: number;
      readonly report: EstimationReport;
      /** State of the data before the run, as `dataStateRequest` tells it. */
      readonly dataState: string | null;
    }
  | { readonly kind: 'failure'; readonly code: string; readonly message: string };

/** Runs the estimates of a document; cancelling the request ends the run at once. */
export const estimateRequest: RequestDescriptor<EstimateParams, EstimateAnswer> = {
  method: 'causal/estimate',
};

export interface EstimateProgress {
  readonly run: string;
  readonly stage: string;
  readonly fraction: number | null;
}

export const estimateProgress: NotificationDescriptor<EstimateProgress> = {
  method: 'causal/estimateProgress',
};

export interface EstimateStages {
  readonly run: string;
  /** All stages of the run in order, each as its progress will name it. */
  readonly stages: readonly string[];
}

/** Told once, before the run begins. */
export const estimateStages: NotificationDescriptor<EstimateStages> = { method: 'causal/estimateStages' };

/** What tells one state of the data of a document from another; null where it names none. */
export const dataStateRequest: RequestDescriptor<DocumentParams, string | null> = {
  method: 'causal/dataState',
};

export interface LocateEstimateParams extends DocumentParams {
  readonly name: string;
  readonly method: string;
  readonly treatment: string;
  readonly outcome: string;
}

/** Where the estimate of this name, method and effect is asked for; null where no statement does. */
export const locateEstimateRequest: RequestDescriptor<
  LocateEstimateParams,
  { readonly start: Place; readonly end: Place } | null
> = {
  method: 'causal/locateEstimate',
};

export interface LocateParams extends DocumentParams {
  readonly name: string;
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Where a variable is declared; null where it is not. */
export const locateRequest: RequestDescriptor<
  LocateParams,
  { readonly start: Place; readonly end: Place } | null
> = {
  method: 'causal/locate',
};

/** The variable under a place of the text; null where there is none. */
export const variableAtRequest: RequestDescriptor<
  DocumentParams & { readonly position: Place },
  string | null
> = {
  method: 'causal/variableAt',
};

export interface GraphEditParams extends DocumentParams {
  /** Of the text that the edits are to be made in: for any other there are none. */
  readonly version: number;
  readonly edit: GraphEdit;
}

export type GraphEditAnswer =
  | {
      readonly kind: 'edits';
      /** In places of the text of that version; none overlap. */
      readonly edits: readonly {
        readonly range: { readonly start: Place; readonly end: Place };
        readonly text: string;
      }[];
      /** What they do, as a sentence. */
      readonly told: string;
    }
  /** Why there are none, as a sentence for a person. */
  | { readonly kind: 'refused'; readonly message: string };

/** The edits of the text that make a change of its graph. */
export const graphEditRequest: RequestDescriptor<GraphEditParams, GraphEditAnswer> = {
  method: 'causal/graphEdit',
};

export interface DataFileCandidate {
  /** Absolute path. */
  readonly path: string;
  /** How many of the spec's variables are columns of it. */
  readonly matching: number;
  readonly variables: number;
}

/** Of these data files the ones that can be read, the one whose header fits the spec best first. */
export const rankDataRequest: RequestDescriptor<
  DocumentParams & { readonly paths: readonly string[] },
  readonly DataFileCandidate[]
> = {
  method: 'causal/rankData',
};

export type DescribeAnswer = (DescribedData & { readonly kind: 'described' }) | DataRefusal;

/** What the data of an open document hold. The newest question about a document ends the one before it. */
export const describeDataRequest: RequestDescriptor<DocumentParams, DescribeAnswer> = {
  method: 'causal/describeData',
};

export interface PairParams extends DocumentParams {
  readonly x: string;
  readonly y: string;
}

export type PairAnswer = PairPicture | DataRefusal;

/** Two variables of the data of an open document together. The newest question about a document ends the one before it. */
export const describePairRequest: RequestDescriptor<PairParams, PairAnswer> = {
  method: 'causal/describePair',
};

/** A format of another tool's graphs. */
export interface GraphFormatEntry {
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** Endings of file names, with the dot, lower case. */
  readonly endings: readonly string[];
  /** Each can be written. */
  readonly canRead: boolean;
}

/** The formats in the order in which they are offered. */
export const graphFormatsRequest: RequestDescriptor<
  Readonly<Record<string, never>>,
  readonly GraphFormatEntry[]
> = {
  method: 'causal/graphFormats',
};

export interface ExportParams extends DocumentParams {
  /** Id of a format. */
  readonly format: string;
}

export type ExportAnswer =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** What the format has no place for, or could not be taken along. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'failure';
      readonly code: 'not-open' | 'unknown-format' | 'no-estimates' | 'server-failed';
      readonly message: string;
    };

/** The graph of an open document, as its text is now, for another tool. */
export const exportGraphRequest: RequestDescriptor<ExportParams, ExportAnswer> = {
  method: 'causal/exportGraph',
};

export interface SharedTextParams extends DocumentParams {
  /** `method` for the paragraph on methods, `code:` and the id of a tool for a script, else the id of a graph format. */
  readonly what: string;
  /** The estimates that the paragraph on methods tells of, through `toWire`; null where there are none. */
  readonly report: unknown;
}

/** An open document, as its text is now, as a text for elsewhere: its graph, a script, or a paragraph. */
export const sharedTextRequest: RequestDescriptor<SharedTextParams, ExportAnswer> = {
  method: 'causal/sharedText',
};

export interface ImportParams {
  readonly text: string;
  /** Its ending tells of the format; may be empty. */
  readonly fileName: string;
  /** Id of the format that it is to be read in; null where name and text are to tell. */
  readonly format: string | null;
}

export type ImportAnswer =
  | {
      readonly kind: 'spec';
      readonly text: string;
      /** Title of the format that the text was read in. */
      readonly format: string;
      /** What was understood otherwise than it may be meant, passed over or changed. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'failure';
      /** `unknown-format`: another `format` may do. The codes are those of readers (formats/) and of `specOf`. */
      readonly code: string;
      readonly message: string;
      /** From 1; null where no single place is to blame. */
      readonly line: number | null;
      readonly column: number | null;
      readonly notes: readonly string[];
    };

/** The spec of a graph that another tool wrote. */
export const importGraphRequest: RequestDescriptor<ImportParams, ImportAnswer> = {
  method: 'causal/importGraph',
};

/** What has changed; where both have, the data. */
export type ChangeCause = 'text' | 'data';

export interface DocumentChange extends DocumentParams {
  readonly version: number;
  readonly cause: ChangeCause;
}

/** A document, or data it uses, has changed: what was shown of it is to be asked for again. */
export const documentChanged: NotificationDescriptor<DocumentChange> = { method: 'causal/documentChanged' };
