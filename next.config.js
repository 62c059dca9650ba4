/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Every page is dynamic: the policy's nonce is minted for each request in proxy.ts, and a prerendered shell would carry none.
  cacheComponents: false,
  // These load native files or workers of their own.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-boss", "pino"],
  // `npm run verify` checks types; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
