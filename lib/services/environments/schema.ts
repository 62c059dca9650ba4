/** An environment as people see it. `guarded`: real customers, so what raises risk needs somebody else. */
export type EnvironmentView = { key: string; name: string; colour: string; guarded: boolean };
