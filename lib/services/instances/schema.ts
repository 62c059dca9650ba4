/** A running SDK as people see it. */
export type InstanceView = {
  id: string;
  app: string;
  name: string;
  lastHeardAt: string;
  /** True when heard from in the last 60 s. */
  heard: boolean;
  follows: { version: number; since: string } | null;
  current: boolean;
  features: string[];
};
