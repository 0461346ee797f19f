def greeting(name):
    return "Good day, " + name
