/** “What if” about the one selected variable. */

import type { JSX } from 'preact';
import type { GraphSnapshot, SnapshotNode } from '../../engine/report/snapshot.ts';
import { isAdjustable, withAdjusted, withMeasured } from './supposition.ts';
import type { WhatIf } from './useWhatIf.ts';

/** A button for each thing that can be supposed of the variable; none where no effect is asked about, or there is nothing to suppose. */
export function NodeWhatIf({
  node,
  graph,
  whatIf,
}: {
  readonly node: SnapshotNode;
  readonly graph: GraphSnapshot;
  readonly whatIf: WhatIf;
}): JSX.Element | null {
  const { supposition, suppose, text } = whatIf;
  const { name } = node;
  if (!graph.question) return null;
  const measured = supposition.measured.includes(name);
  const hidden = text?.nodes.find((one) => one.name === name)?.latent === true;
  return (
    <p class="node-what-if">
      {isAdjustable(node, supposition) ? (
        <button
          type="button"
          class="secondary"
          onClick={() => suppose(withAdjusted(supposition, name, graph))}
        >
          {node.adjusted ? 'What if I did not adjust for it?' : 'What if I adjusted for it?'}
        </button>
      ) : null}
      {hidden ? (
        <button type="button" class="secondary" onClick={() => suppose(withMeasured(supposition, name))}>
          {measured ? 'It is unmeasured after all' : 'What if I measured it?'}
        </button>
      ) : null}
    </p>
  );
}
