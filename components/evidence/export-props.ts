/** `environment`, `feature`: keys. `from`, `to`: epoch ms, such as the placing of a control and now; without them the last 24 hours. */
export type ExportProps = { environment: string; feature: string; from?: number; to?: number };
