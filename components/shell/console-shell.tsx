import type { ReactNode } from "react";
import { ActsProvider } from "#components/emergency/acts.tsx";
import { EmergencyProvider } from "#components/emergency/emergency.tsx";
import { LiveProvider } from "#components/live/live.tsx";
import type { LiveAnswer } from "#components/live/live-answer.ts";
import { Clock } from "#components/ui/clock.tsx";
import type { EnvironmentView } from "#lib/services/environments/schema.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { EnvironmentBand } from "./environment-band.tsx";
import type { PersonView } from "./person-view.ts";
import { Queries } from "./queries.tsx";
import { ShortcutsProvider } from "./shortcuts.tsx";
import { Sidebar } from "./sidebar.tsx";
import { Topbar } from "./topbar.tsx";

type ConsoleShellProps = {
  environment: EnvironmentView;
  environments: EnvironmentView[];
  person: PersonView;
  live: LiveAnswer;
  children: ReactNode;
};

/** What surrounds every page of the console. Keyed by environment, so that nothing of one is ever shown in the other. */
export function ConsoleShell({ environment, environments, person, live, children }: ConsoleShellProps) {
  return (
    <Clock serverNow={live.serverTime}>
      <Queries>
        <LiveProvider key={environment.key} environment={environment.key} initial={live}>
          <ActsProvider person={person}>
            <EmergencyProvider person={person} environmentName={environment.name}>
              <ShortcutsProvider>
                <a
                  href="#content"
                  className="fixed top-1 left-1 z-60 -translate-y-16 rounded bg-surface px-4 py-2 text-ink focus:translate-y-0"
                >
                  Skip to the content
                </a>
                <EnvironmentBand environment={environment} environments={environments} />
                <div className="lg:grid lg:grid-cols-[15rem_1fr]">
                  <Sidebar className="sticky top-9 hidden h-[calc(100dvh-2.25rem)] overflow-y-auto border-r bg-surface lg:flex" />
                  <div className="min-w-0">
                    <Topbar person={person} />
                    <main
                      id="content"
                      tabIndex={-1}
                      className="max-w-6xl px-4 pt-6 pb-28 outline-none sm:pb-12 lg:px-8"
                    >
                      {children}
                    </main>
                  </div>
                </div>
                <BottomBar />
              </ShortcutsProvider>
            </EmergencyProvider>
          </ActsProvider>
        </LiveProvider>
      </Queries>
    </Clock>
  );
}
