/** Port: tells which sign-in sessions have ended, wherever they were ended. Implemented by `auth`. */
export abstract class SessionEndings {
  /** Called within seconds of an ending, maybe more than once with the same id. Register before the app has started. */
  abstract onEnded(listener: (sessionIds: ReadonlySet<string>) => void): void;
}
