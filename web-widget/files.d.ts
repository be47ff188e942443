/** One file of the widget: its address below the widget's base, and its hash. */
type WidgetFile = [address: string, integrity: string];

/** The files that a bundle may fetch, by name. The build puts them in. */
declare const FILES: Record<string, WidgetFile>;
