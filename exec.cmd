@rem npm scripts begin with exec, so that a signal to npm reaches node on POSIX; cmd.exe has no exec and finds this file.
@%*
