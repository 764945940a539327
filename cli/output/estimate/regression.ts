import { type DiagnosticFamily, number } from './family.ts';

export const regression: DiagnosticFamily = {
  json: (diagnostics) => ({
    condition: number(diagnostics.condition),
    reset_p: number(diagnostics.resetP),
  }),
};
