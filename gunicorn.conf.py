"""How gunicorn serves the site. Started in this folder it reads this file by itself; its command line has the last word.

``bind`` and ``workers`` are each site's own, and left to the command line.
"""

wsgi_app = "cms.wsgi"

# Threads: a worker of the class "sync" is killed after ``timeout`` seconds of one answer, however slowly it is read, and
# all that its reader had yet to get is lost. Here ``timeout`` is for a worker whose main loop stands still.
worker_class = "gthread"
threads = 4
timeout = 30

# Seconds that running answers have when the site is stopped or loaded anew. Whatever stops gunicorn must wait for longer.
graceful_timeout = 120

# None is replaced after so many requests: a worker that goes cuts, after ``graceful_timeout``, what is still being read.
max_requests = 0

# The default is one file for all sites of an account.
control_socket_disable = True
