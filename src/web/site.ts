// What every page knows of the forum: its settings and sections, kept in memory so that pages cost no query for them.
import type { SectionId } from '../domain/ids.ts';
import type { Settings } from '../domain/settings.ts';

export interface Section {
  readonly id: SectionId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly modifier: number;
}

interface Picture {
  readonly href: string;
  /** Pixels of its edges, which are equal. */
  readonly edge: number;
}

/** The forum's icon, under content-addressed paths that share a beginning. */
interface Icon {
  readonly svg: string;
  readonly prefix: string;
  readonly href: string;
  /** As PNG. */
  readonly touch: Picture;
  readonly small: Picture;
  readonly large: Picture;
}

export interface Site {
  readonly settings: Settings;
  readonly sections: readonly Section[];
  /** Roughly: for the limits that begin once a forum has grown. */
  readonly memberCount: number;
  /** Nobody can administer it yet: /setup comes first. */
  readonly needsSetup: boolean;
  /** The accent colours as a stylesheet, and its content-addressed path. */
  readonly theme: { readonly css: string; readonly href: string };
  readonly icon: Icon;
}

export interface SiteSource {
  /** The forum as last loaded; at most a few seconds old when another process changed it. */
  current(): Site;
  /** Loads it now: after a change, before answering it. */
  refresh(): Promise<void>;
}
