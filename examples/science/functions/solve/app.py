"""Solves a system of linear equations, and says how far the answer can be trusted."""
import numpy

DIGITS = 9


def handler(event, context):
    matrix = numpy.array(event["matrix"], dtype=float)
    right = numpy.array(event["right"], dtype=float)
    try:
        solution = numpy.linalg.solve(matrix, right)
    except numpy.linalg.LinAlgError as error:
        return {"solved": False, "reason": str(error)}
    return {
        "solved": True,
        "solution": numpy.round(solution, DIGITS).tolist(),
        "condition": round(float(numpy.linalg.cond(matrix)), 3),
        "exact": bool(numpy.allclose(matrix @ solution, right)),
    }
