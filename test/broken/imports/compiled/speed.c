#include <Python.h>

#ifdef OF_TOMORROW
int of_tomorrow(void);
#define ANSWER of_tomorrow()
#elif defined(OF_NOBODY)
extern int of_nobody;
#define ANSWER of_nobody
#else
#define ANSWER 42
#endif

static PyObject *answer(PyObject *self, PyObject *args) { return PyLong_FromLong(ANSWER); }

static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_speed", "", -1, methods};

PyMODINIT_FUNC PyInit__speed(void) { return PyModule_Create(&module); }
