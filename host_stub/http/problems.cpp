#include "http/problems.hpp"

#include <string>

namespace host::http {

Answer unknown(std::string_view what)
{
    return failure(404, "unknown_" + std::string{what}, "There is no such " + std::string{what} + ".");
}

Answer answer_to(const Problem& problem)
{
    if (problem.error.starts_with("unknown_"))
        return failure(404, problem.error, problem.text);
    return failure(problem.error == "unavailable" ? 503 : 409, problem.error, problem.text);
}

}  // namespace host::http
