"use client";
import { CircleUserRound, Keyboard, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { signOut } from "next-auth/react";
import { useTheme } from "next-themes";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuChoice, MenuItem, MenuText } from "#components/ui/menu.tsx";

export type PersonView = { name: string; email: string; roles: string };

/** Who is signed in, the theme, help, the way out. */
export function PersonMenu({ person, onHelp }: { person: PersonView; onHelp: () => void }) {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <Button tone="quiet" aria-label={`${person.name}: theme, help, sign out`} className="max-sm:w-10 max-sm:px-0">
          <CircleUserRound aria-hidden size={20} />
          <span className="hidden sm:inline">{person.name}</span>
        </Button>
      }
    >
      <MenuText>
        <span className="block font-medium text-ink">{person.name}</span>
        <span className="block">{person.roles}</span>
        <span className="block">{person.email}</span>
      </MenuText>
      <MenuChoice
        label="Theme"
        value={theme ?? "system"}
        onChange={setTheme}
        choices={[
          { value: "system", label: "Theme of this device", icon: <Monitor aria-hidden size={16} /> },
          { value: "light", label: "Light theme", icon: <Sun aria-hidden size={16} /> },
          { value: "dark", label: "Dark theme", icon: <Moon aria-hidden size={16} /> },
        ]}
      />
      <div className="mt-1 border-t pt-1">
        <MenuItem icon={<Keyboard aria-hidden size={16} />} onSelect={onHelp}>
          Keyboard help
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden size={16} />} onSelect={() => void signOut({ callbackUrl: "/sign-in" })}>
          Sign out
        </MenuItem>
      </div>
    </Menu>
  );
}
