/** One commit of a room as an audience may see it. Apply it when `after <= lastSeq < seq`; a larger `after` means a missed frame: resume. */
export interface RoomFrame<Event> {
  readonly roomId: string;
  /** Number of the log row. Rows an audience may not see still take a number. */
  readonly seq: number;
  /** Number of the former frame of this audience. */
  readonly after: number;
  /** Server time of the commit. */
  readonly at: number;
  readonly events: readonly Event[];
}

/** The answer to an accepted command. The same command id gets the same receipt again, also after a crash. */
export interface RoomReceipt {
  readonly commandId: string;
  readonly seq: number;
  /** Server time at which the command arrived. */
  readonly at: number;
}

/**
 * What a returning client gets: the frames it missed, or the whole view, or the news that it missed nothing. `untold` are the
 * parts of the view that no frame tells, as they are now, such as a seat's own result: they are laid over it after the frames.
 */
export type RoomCatchUp<Event, View, Untold = unknown> =
  | { readonly kind: 'current'; readonly seq: number; readonly untold?: Untold }
  | {
      readonly kind: 'frames';
      readonly seq: number;
      readonly frames: readonly RoomFrame<Event>[];
      readonly untold?: Untold;
    }
  | { readonly kind: 'view'; readonly seq: number; readonly view: View };
