/** A script for another tool. */
export interface Script {
  readonly text: string;
  /** What it leaves out or computes otherwise, one sentence each. */
  readonly notes: readonly string[];
}
