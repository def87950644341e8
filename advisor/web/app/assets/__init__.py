"""Stylesheets, scripts and pictures: one stylesheet per feature, modules preloaded, each file compressed once."""

from advisor.web.app.assets.serve import register

__all__ = ["register"]
