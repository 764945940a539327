/** From a change that somebody drew in the picture to the smallest edits of the text that say it. */

import type { GraphEdit } from '../../../engine/report/graphEdit.ts';
import type { OpenSpec } from '../../openSpec.ts';
import { adopt } from './adopt.ts';
import { addArrow, deleteArrow, redrawArrow } from './arrows.ts';
import { deleteVariable } from './deleteVariable.ts';
import { type GraphEditPlan, lineOf, refused } from './plan.ts';
import { giveRole } from './roles.ts';
import { addVariable, renameVariable, setMeasured } from './variables.ts';

/**
 * Edits that make exactly this change of the graph and leave the rest of the text as it is, or a sentence that says why it is not made. Comments
 * stay, but for those that belong to what goes: at the end of its line, or above a declaration.
 */
export function editGraph(edit: GraphEdit, spec: OpenSpec): GraphEditPlan {
  const { analysis } = spec;
  const fault = analysis.faults.find(({ code }) => code === 'syntax');
  if (fault !== undefined)
    return refused(
      `Line ${lineOf(analysis, fault.range.start)} of the text cannot be read, so the picture may lack something. Mend it first.`,
    );
  switch (edit.kind) {
    case 'add-variable':
      return addVariable(edit.name, edit.latent, analysis);
    case 'delete-variable':
      return deleteVariable(edit.name, analysis);
    case 'rename-variable':
      return renameVariable(edit.name, edit.to, spec);
    case 'set-measured':
      return setMeasured(edit.name, edit.measured, analysis);
    case 'set-role':
      return giveRole(edit.name, edit.role, analysis);
    case 'add-arrow':
      return addArrow(edit.arrow, analysis);
    case 'delete-arrow':
      return deleteArrow(edit.arrow, analysis);
    case 'redraw-arrow':
      return redrawArrow(edit.arrow, edit.as, analysis);
    case 'adopt':
      return adopt(edit.adjust, edit.measured, analysis);
  }
}
