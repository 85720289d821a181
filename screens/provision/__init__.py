"""The Provision mode: what help there is, who gets it, and when."""
