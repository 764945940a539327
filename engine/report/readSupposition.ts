import type { EffectNames, Supposition } from './snapshot.ts';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function readEffect(value: unknown): EffectNames | null | undefined {
  if (value === null) return null;
  if (!isRecord(value) || !isNames(value.treatment) || !isNames(value.outcome)) return undefined;
  return { treatment: value.treatment, outcome: value.outcome };
}

/** The supposition that was sent, without whatever else came with it; null where it is none. */
export function readSupposition(value: unknown): Supposition | null {
  if (!isRecord(value)) return null;
  const { adjust, measured } = value;
  const effect = readEffect(value.effect);
  if (effect === undefined || !isNames(measured) || (adjust !== null && !isNames(adjust))) return null;
  return { effect, adjust, measured };
}
