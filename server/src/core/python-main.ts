/** The line with which Python code says that it does something when it is run: `if __name__ == "__main__":`. */
export const mainGuard = /^if\s+__name__\s*==\s*(['"])__main__\1\s*:/mu;
