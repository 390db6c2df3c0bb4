#!/usr/bin/python3
"""Patroni with a ttl below the 20 s that it takes for the least since 3.1, and otherwise as it is.

For rehearsals, and for machines and networks that never pause for as long as the ttl. It changes when a primary counts
as lost, and nothing about what is safe. Started like Patroni itself: short-ttl.py /etc/patroni/config.yml
"""
from patroni.__main__ import main
from patroni.config import Config

Config._validate_and_adjust_timeouts = lambda self, config: None

# Patroni starts Postgres by a process that reads this file again.
if __name__ == '__main__':
    main()
