import type { Comment, Range } from './tree.ts';

/** Something on lines of its own: a statement, an option, or a comment. */
export type Entry<Node> =
  | { readonly kind: 'comment'; readonly comment: Comment }
  | {
      readonly kind: 'node';
      readonly node: Node;
      /** Comments between its first character and its last. */
      readonly inner: readonly Comment[];
      /** The comment after it on its last line. */
      readonly trailing: Comment | undefined;
    };

export interface Entries<Node> {
  /** The comment on the line that opens the block. */
  readonly opening: Comment | undefined;
  readonly entries: readonly Entry<Node>[];
}

/**
 * Puts nodes and comments in the order they are printed in. Both come in the order of the file, and the comments are all
 * that stand in the file, or in the block. Nothing is lost: each comment is in the result once.
 */
export function arrange<Node extends { readonly range: Range }>(
  nodes: readonly Node[],
  comments: readonly Comment[],
): Entries<Node> {
  const entries: Entry<Node>[] = [];
  let opening: Comment | undefined;
  let nextComment = 0;
  const takeOutside = (comment: Comment): void => {
    const last = entries.at(-1);
    if (comment.ownLine) {
      entries.push({ kind: 'comment', comment });
    } else if (last === undefined && opening === undefined) {
      opening = comment;
    } else if (last?.kind === 'node' && last.trailing === undefined) {
      entries[entries.length - 1] = { ...last, trailing: comment };
    } else {
      entries.push({ kind: 'comment', comment });
    }
  };
  for (const node of nodes) {
    let comment = comments[nextComment];
    while (comment !== undefined && comment.range.start < node.range.start) {
      takeOutside(comment);
      nextComment += 1;
      comment = comments[nextComment];
    }
    const inner: Comment[] = [];
    while (comment !== undefined && comment.range.start < node.range.end) {
      inner.push(comment);
      nextComment += 1;
      comment = comments[nextComment];
    }
    entries.push({ kind: 'node', node, inner, trailing: undefined });
  }
  for (const comment of comments.slice(nextComment)) takeOutside(comment);
  return { opening, entries };
}

export function rangeOfEntry(entry: Entry<{ readonly range: Range }>): Range {
  return entry.kind === 'comment' ? entry.comment.range : entry.node.range;
}

/**
 * For each entry, whether an empty line stood before it in the file. The first has none.
 *
 * `paragraphs` are the offsets of what stands first after an empty line, ascending.
 */
export function gapsBefore(
  entries: readonly Entry<{ readonly range: Range }>[],
  paragraphs: readonly number[],
): boolean[] {
  let next = 0;
  let end = 0;
  return entries.map((entry, index) => {
    const range = rangeOfEntry(entry);
    while (next < paragraphs.length && (paragraphs[next] ?? 0) < end) next += 1;
    end = range.end;
    return index > 0 && (paragraphs[next] ?? Number.POSITIVE_INFINITY) <= range.start;
  });
}
