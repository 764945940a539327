/** A graph that has been laid out: positions in pixels, y downwards, nothing left to decide but colours. */

import type { DrawnRole, SnapshotVerdict } from '../engine/report/snapshot.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** One cubic Bézier piece, from where the one before it ended. */
export interface CurvePiece {
  readonly c1: Point;
  readonly c2: Point;
  readonly to: Point;
}

export interface Curve {
  readonly from: Point;
  readonly pieces: readonly CurvePiece[];
}

/** Outlines by which roles are told apart in black and white. */
export type NodeShape =
  | 'heavy-box'
  | 'double-box'
  | 'pentagon'
  | 'corner-box'
  | 'ellipse'
  | 'barred-box'
  | 'pill'
  | 'hexagon'
  | 'underlined-box'
  | 'box';

export interface DrawnNode extends Box {
  readonly name: string;
  readonly role: DrawnRole;
  readonly shape: NodeShape;
  /** Drawn with a dashed border, whatever its role. */
  readonly latent: boolean;
  readonly adjusted: boolean;
  /** The name, printable, in lines. */
  readonly lines: readonly string[];
  /** The role in words, under the name; empty where there is nothing to say. */
  readonly caption: string;
  readonly roles: readonly string[];
  readonly description: string;
  readonly note: string | undefined;
}

/** A filled triangle: its tip, then the two corners of its base. */
export type Arrowhead = readonly [Point, Point, Point];

/** How an edge is drawn; the first that applies, in this order. */
export type EdgeStyle = 'cycle' | 'biasing' | 'causal' | 'plain';

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'directed' | 'bidirected';
  readonly style: EdgeStyle;
  readonly causal: boolean;
  readonly biasing: boolean;
  readonly onCycle: boolean;
  readonly note: string | undefined;
  /** From outline to outline. */
  readonly way: Curve;
  /** The part of it that is drawn as a line: up to the base of each arrowhead. */
  readonly curve: Curve;
  readonly heads: readonly Arrowhead[];
  /** Centre of the mark of a biasing or cyclic edge; null for the others. */
  readonly badge: Point | null;
  /** Centre of the mark of an edge with a note; null for the others. */
  readonly noteAt: Point | null;
}

/** Where the arrows lead: causes on the left, or causes on top. */
export type LayoutDirection = 'right' | 'down';

export interface Drawing {
  readonly direction: LayoutDirection;
  readonly title: string | undefined;
  readonly verdict: SnapshotVerdict;
  /** In order of declaration. */
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly width: number;
  readonly height: number;
}
