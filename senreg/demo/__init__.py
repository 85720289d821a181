"""An invented school to try everything on: `build` makes it, `kept_school` keeps one at hand."""
