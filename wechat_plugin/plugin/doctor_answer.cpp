#include "plugin/doctor_answer.hpp"

#include "codec/api.hpp"

namespace wechat::plugin {

std::string Answered::in_words() const
{
    if (!fault.empty())
        return fault;
    return "WeChat answers " + std::to_string(errcode) + " (" + words + ")";
}

Answered answered(const Result<platform::Answer>& answer)
{
    if (!answer)
        return {.fault = describe(answer.error())};
    const auto verdict = codec::read_verdict(answer->body);
    if (!verdict || answer->status >= 500)
        return {
            .fault = "HTTP " + std::to_string(answer->status) + " that is no answer of WeChat's API",
            .date = answer->date};
    return {.errcode = verdict->errcode, .words = verdict->text, .date = answer->date, .body = answer->body};
}

std::string sentence(std::string_view words)
{
    std::string text{words};
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text + '.';
}

}  // namespace wechat::plugin
