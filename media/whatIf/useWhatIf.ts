import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GraphSnapshot, Supposition } from '../../engine/report/snapshot.ts';
import type { Host } from '../host.ts';
import { isNothing, NOTHING_SUPPOSED, pruned } from './supposition.ts';

export interface WhatIf {
  /** The graph to show: under the supposition as soon as that is answered, else as the text has it. */
  readonly graph: GraphSnapshot | null;
  /** As the text has it, for comparing. */
  readonly text: GraphSnapshot | null;
  readonly supposition: Supposition;
  /** Why the supposition has no answer; null where it has one, or it is on its way. */
  readonly failure: string | null;
  readonly suppose: (next: Supposition) => void;
  /** Writes the supposition into the text; null where it is about another effect than that of the roles. */
  readonly adopt: (() => void) | null;
}

interface Answered {
  readonly key: string;
  readonly graph: GraphSnapshot | null;
  readonly failure: string | null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Asks what the graph would say under a supposition, again whenever the text changes; `still` while the text cannot be read. */
export function useWhatIf(host: Host, text: GraphSnapshot | null, still: boolean): WhatIf {
  const [wanted, suppose] = useState(NOTHING_SUPPOSED);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const supposition = useMemo(
    () => (text === null ? NOTHING_SUPPOSED : pruned(wanted, text)),
    [wanted, text],
  );
  const nothing = isNothing(supposition);
  const key = JSON.stringify([supposition, text]);
  useEffect(() => {
    if (nothing) setAnswered(null);
    if (nothing || still || answered?.key === key) return;
    let current = true;
    const arrive = (graph: GraphSnapshot | null, failure: string | null): void => {
      if (current) setAnswered({ key, graph, failure });
    };
    host.ask('whatIf', supposition).then(
      (graph) => arrive(graph, null),
      (error: unknown) => arrive(null, messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [host, key, nothing, still]);
  const { effect, adjust, measured } = supposition;
  const adopt = (): void => {
    host.ask('edit', { edit: { kind: 'adopt', adjust, measured } }).then(
      () => suppose(NOTHING_SUPPOSED),
      (error: unknown) => setRefusal(messageOf(error)),
    );
  };
  return {
    graph: nothing ? text : (answered?.graph ?? text),
    text,
    supposition,
    failure: nothing ? null : (refusal ?? answered?.failure ?? null),
    suppose: (next) => {
      setRefusal(null);
      suppose(next);
    },
    adopt: effect === null && !still ? adopt : null,
  };
}
