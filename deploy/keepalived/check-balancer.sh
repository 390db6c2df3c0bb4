#!/bin/sh
# Goes to /etc/keepalived/check-balancer.sh: whether this machine can serve, HAProxy and PgBouncer both.
exec curl --silent --fail --output /dev/null --max-time 1 http://127.0.0.1:8404/lb-health
