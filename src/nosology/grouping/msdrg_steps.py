def explain_drg(**k):
    return ()
