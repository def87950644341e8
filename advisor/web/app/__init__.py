"""The parts of the web app that every feature uses: security, rights, errors, limits, assets and downloads."""
