/** What a report shows, as plain data: everything that its page needs, and nothing that is computed on the page. */

import type { DescribedData } from '../../engine/data/profile/described.ts';
import type { EstimationReport } from '../../engine/estimate/result.ts';
import type { Drawing } from '../drawing.ts';

export interface ReportPage {
  /** Of the model, else the name of its file. */
  readonly title: string;
  readonly file: string;
  /** What the arrows, the roles and the adjustment set stand for, in sentences. */
  readonly question: string;
  /** Null where the graph is too large to draw, or has no variables; `undrawn` then says why. */
  readonly drawing: Drawing | null;
  readonly undrawn: string;
  readonly verdict: { readonly headline: string; readonly details: readonly string[] };
  /** Ways of identification with what they need, as rows of words. */
  readonly ways: readonly { readonly name: string; readonly text: string }[];
  readonly roles: readonly {
    readonly name: string;
    readonly role: string;
    readonly description: string;
    readonly note: string;
  }[];
  readonly assumptions: readonly { readonly arrow: string; readonly note: string }[];
  readonly data: ReportData;
  /** Null where nothing could be estimated; `failure` then says why. */
  readonly report: EstimationReport | null;
  readonly failure: string;
  /** Paragraphs on methods, an empty line between two; empty where nothing was estimated. */
  readonly methods: string;
  readonly tests: readonly ReportTest[];
  /** Of the text of the spec, worst first. */
  readonly faults: readonly { readonly severity: string; readonly line: number; readonly message: string }[];
  readonly spec: string;
  readonly reproduction: Reproduction;
}

export interface ReportData {
  /** As the spec or the command line names it; null without data. */
  readonly name: string | null;
  readonly rows: number | null;
  /** What the rows hold; null where they cannot be read, and `unread` then says why. */
  readonly described: DescribedData | null;
  readonly unread: string;
}

export interface ReportTest {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

export interface Reproduction {
  /** What to type for the same page. */
  readonly command: string;
  readonly version: string;
  readonly node: string;
  /** SHA-256 of the spec and of the data, in hexadecimal; null where there is none. */
  readonly specHash: string;
  readonly dataHash: string | null;
}
