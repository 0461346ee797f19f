GREETING = "Hello"
FAREWELL = "Good bye
