/** Which variables some words mean. */

import type { SnapshotNode } from '../engine/report/snapshot.ts';
import { caption } from '../views/roles.ts';

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** How well a variable fits: 0 its whole name, 1 how its name begins, 2 a part of its name, 3 its role or note; null where it does not. */
function fitOf(node: SnapshotNode, wanted: string): number | null {
  const name = folded(node.name);
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  const words = folded([caption(node), ...node.roles, node.note ?? ''].join('\n'));
  return words.includes(wanted) ? 3 : null;
}

/** The variables whose name, role or note has the words in it, the best first; none for no words. Case and accents do not matter. */
export function found(nodes: readonly SnapshotNode[], words: string): readonly SnapshotNode[] {
  const wanted = folded(words.trim());
  if (wanted === '') return [];
  return nodes
    .flatMap((node) => {
      const how = fitOf(node, wanted);
      return how === null ? [] : [{ node, how }];
    })
    .sort((a, b) => a.how - b.how)
    .map(({ node }) => node);
}
