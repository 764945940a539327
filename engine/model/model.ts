/**
 * A causal model as the engine sees it: variables by number, edges between numbers, and the sets that a
 * question is about. Names are kept only to be shown.
 */

/** Index of a variable in `CausalModel.variables`. */
export type Node = number;

export interface Variable {
  readonly name: string;
  /** A latent variable is in the graph, has no column and is in no adjustment set. */
  readonly latent: boolean;
}

/** `from → to` in `directed`; an unmeasured common cause of the two in `bidirected`, where the order means nothing. */
export interface Edge {
  readonly from: Node;
  readonly to: Node;
}

export interface CausalModel {
  readonly variables: readonly Variable[];
  readonly directed: readonly Edge[];
  readonly bidirected: readonly Edge[];
}

/** The effect of `treatment` on `outcome`, asked of a model. All arrays hold each node once. */
export interface EffectQuery {
  readonly treatment: readonly Node[];
  readonly outcome: readonly Node[];
  /** Conditioned on in every path, because the rows are there only given these. */
  readonly selection: readonly Node[];
}
