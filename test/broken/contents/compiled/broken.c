int broken(void);
int needy(void) { return broken(); }
