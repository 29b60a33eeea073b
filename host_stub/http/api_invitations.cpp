// Invitations and their QR codes.
#include "http/api.hpp"
#include "http/problems.hpp"
#include "http/qr.hpp"
#include "waiting.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace host::http {
namespace {

namespace json = boost::json;

constexpr std::int64_t most_invitations = 500;
constexpr std::chrono::seconds channel_patience{25};  // a token and a call, each with its limit

}  // namespace

Task<Answer> Api::invite(Request request, Segments)
{
    const auto asked = read_invitation(request.body);
    if (const auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;
    using Result = std::variant<Invited, Problem>;
    Mailbox<Result> made(loop_);
    host_.invite(std::get<InvitationDraft>(asked), made.address());
    const auto result = co_await made.take(channel_patience);
    if (!result)
        co_return failure(503, "unavailable", "The channel does not answer; ask again.");
    if (const auto* const problem = std::get_if<Problem>(&*result))
        co_return answer_to(*problem);
    const auto& invited = std::get<Invited>(*result);
    co_return json_answer(invited.is_new ? 201 : 200, views_.invitation(invited.invitation));
}

Task<Answer> Api::invitations(Request request, Segments)
{
    json::array all;
    const auto channel = request.parameter("channel");
    for (const auto& one : reader_.invitations(channel, request.parameter("customer"), most_invitations))
        all.push_back(views_.invitation(one));
    co_return json_answer(200, all);
}

std::optional<Invitation> Api::invitation_of(const Segments& segments)
{
    InvitationId id = 0;
    const auto& text = segments[0];
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    const auto is_number = fault == std::errc{} && rest == text.data() + text.size();
    return is_number ? reader_.invitation(id) : std::nullopt;
}

Task<Answer> Api::invitation(Request, Segments segments)
{
    const auto found = invitation_of(segments);
    if (!found)
        co_return unknown("invitation");
    co_return json_answer(200, views_.invitation(*found));
}

Task<Answer> Api::invitation_qr(Request, Segments segments)
{
    const auto found = invitation_of(segments);
    if (!found)
        co_return unknown("invitation");
    Answer answer;
    answer.type = "image/svg+xml";
    answer.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    answer.body = qr_svg(found->url);
    co_return answer;
}

}  // namespace host::http
