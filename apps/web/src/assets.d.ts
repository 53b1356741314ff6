/** Stylesheets are imported for their effect; the bundler takes them. */
declare module '*.css';

/** What the build says about itself. */
interface ImportMeta {
    readonly env: { readonly PROD: boolean };
}
