/** Style sheets are imported for the bundler alone: they have no exports. */
declare module '*.css';
