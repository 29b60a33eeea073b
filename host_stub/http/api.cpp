#include "http/api.hpp"

#include "files.hpp"
#include "http/file_answer.hpp"
#include "http/problems.hpp"
#include "media.hpp"
#include "waiting.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace host::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::int64_t most_conversations = 500;
constexpr std::int64_t most_messages = 1000;
constexpr std::int64_t usual_messages = 200;
constexpr std::chrono::hours worker_patience{1};  // moving a clock by weeks takes its time; it ends by itself

std::int64_t
number_in(const Request& request, std::string_view name, std::int64_t otherwise, std::int64_t most)
{
    const auto text = request.parameter(name);
    std::int64_t number = 0;
    const auto fault = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    return fault == std::errc{} ? std::clamp<std::int64_t>(number, 0, most) : otherwise;
}

unsigned status_for(const channel::Error& error)
{
    switch (error.status()) {
    case channel::Status::argument: return 400;
    case channel::Status::unsupported:
    case channel::Status::refused: return 409;
    default: return 503;
    }
}

// What a channel complains of in its customers' files, where it says so.
json::value faults_in(std::string_view said)
{
    json::error_code silent;
    auto faults = json::parse({said.data(), said.size()}, silent);
    return silent || !faults.is_array() ? json::value(json::array{}) : faults;
}

}  // namespace

struct Api::Route {
    std::string_view method, pattern;
    Task<Answer> (Api::*answer)(Request, Segments);
};

const std::vector<Api::Route>& Api::routes()
{
    static const std::vector<Route> all{
        {"GET", "/api/host", &Api::self},
        {"GET", "/api/channels", &Api::channels},
        {"GET", "/api/texts", &Api::texts},
        {"GET", "/api/conversations", &Api::conversations},
        {"GET", "/api/conversations/{}", &Api::conversation},
        {"POST", "/api/conversations/{}/messages", &Api::send},
        {"POST", "/api/conversations/{}/check", &Api::check},
        {"DELETE", "/api/conversations/{}/messages/{}", &Api::cancel},
        {"PUT", "/api/conversations/{}/participants", &Api::set_participants},
        {"PUT", "/api/conversations/{}/typing", &Api::set_typing},
        {"GET", "/api/invitations", &Api::invitations},
        {"POST", "/api/invitations", &Api::invite},
        {"GET", "/api/invitations/{}", &Api::invitation},
        {"GET", "/api/invitations/{}/qr.svg", &Api::invitation_qr},
        {"GET", "/api/clock", &Api::get_clock},
        {"POST", "/api/clock", &Api::move_clock},
        {"POST", "/api/reload", &Api::reload},
        {"GET", "/api/media/{}", &Api::media},
        {"GET", "/api/media/{}/playable", &Api::playable},
        {"GET", "/metrics", &Api::metrics},
        {"GET", "/health", &Api::health},
    };
    return all;
}

Api::Api(
    asio::io_context& loop,
    Host& host,
    Reader& reader,
    const Views& views,
    const Simulator& simulator,
    Patience patience
)
    : loop_(loop), host_(host), reader_(reader), views_(views), simulator_(simulator), patience_(patience)
{}

Api::~Api()
{
    worker_.join();
}

std::shared_ptr<const Api::UploadedFile> Api::uploaded(const std::optional<Upload>& upload)
{
    if (!upload)
        return nullptr;
    const auto& folder = host_.config().media;
    const auto owner = "upload\n" + std::to_string(++uploads_);
    auto path = folder / keep_bytes(folder, owner, upload->extension, upload->bytes);
    return std::make_shared<const UploadedFile>(path.string());
}

Task<Answer> Api::answer(Request request)
{
    if (request.path == "/api/events")
        co_return failure(426, "upgrade_required", "This is a WebSocket.");
    if (request.path.starts_with("/api/simulator/")) {
        auto passed_on = simulator_.answer(std::move(request));
        co_return co_await std::move(passed_on);
    }
    const auto method = request.method == "HEAD" ? "GET" : request.method;
    std::string allowed;
    for (const auto& route : routes()) {
        auto segments = match(route.pattern, request.path);
        if (!segments)
            continue;
        if (route.method == method) {
            auto answering = (this->*route.answer)(std::move(request), *std::move(segments));
            co_return co_await std::move(answering);
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
    }
    if (allowed.empty())
        co_return failure(404, "not_found", "There is nothing at this address.");
    auto wrong = failure(405, "wrong_method", "This address does not do that; see the header Allow.");
    wrong.headers.emplace_back("Allow", allowed);
    co_return wrong;
}

std::string Api::said_by(std::string_view channel, std::string_view topic) const
try {
    return host_.inspect(channel, topic);
} catch (const channel::Error&) {
    return {};  // a channel need not know the topic, nor be running
}

Task<Answer> Api::self(Request, Segments)
{
    auto view = clock_view();
    view["store"] = host_.public_id(0);
    view["last_event"] = reader_.last_event();
    view["simulator"] = simulator_.exists();
    co_return json_answer(200, view);
}

Task<Answer> Api::channels(Request, Segments)
{
    json::array all;
    for (const auto& status : host_.channels())
        all.push_back(view_of(status, said_by(status.id, "health")));
    co_return json_answer(200, all);
}

Task<Answer> Api::texts(Request, Segments)
{
    json::array all;
    for (const auto& status : host_.channels()) {
        json::error_code silent;
        auto texts = json::parse(said_by(status.id, "texts"), silent);
        if (silent)
            continue;
        json::object view;
        view["channel"] = status.id;
        view["texts"] = std::move(texts);
        view["faults"] = faults_in(said_by(status.id, "faults"));
        all.push_back(std::move(view));
    }
    co_return json_answer(200, all);
}

Task<Answer> Api::conversations(Request request, Segments)
{
    json::array all;
    const auto found = reader_.conversations(
        request.parameter("channel"),
        request.parameter("customer"),
        number_in(request, "limit", most_conversations, most_conversations)
    );
    for (const auto& conversation : found)
        all.push_back(views_.conversation(conversation));
    co_return json_answer(200, all);
}

Task<Answer> Api::conversation(Request request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    const auto found = id ? reader_.conversation(*id) : std::nullopt;
    if (!found)
        co_return unknown("conversation");
    auto view = views_.conversation(*found);
    json::array messages;
    const auto before = number_in(request, "before", 0, std::numeric_limits<MessageId>::max());
    for (const auto& message :
         reader_.messages(*id, before, number_in(request, "limit", usual_messages, most_messages)))
        messages.push_back(views_.message(message));
    view["messages"] = std::move(messages);
    view["about"] = views_.about(*found);
    co_return json_answer(200, view);
}

Task<Answer> Api::send(Request request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    if (!id || !reader_.conversation(*id))
        co_return unknown("conversation");
    auto asked = read_send(request.body, false);
    if (auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;
    auto& [draft, upload] = std::get<SendRequest>(asked);
    const auto file = uploaded(upload);
    draft.content.path = file ? file->path : "";

    using Result = std::variant<Message, Problem>;
    Mailbox<Result> kept(loop_), receipt(loop_);
    // The file stays until the host has linked it.
    const auto on_kept = [file, tell = kept.address()](const Result& result) { tell(result); };
    host_.send(*id, draft, on_kept, receipt.address());
    auto result = co_await kept.take(patience_.receipt);
    if (!result)
        co_return failure(
            503, "unavailable", "The host's store does not answer; ask again with the same client_id."
        );
    if (const auto* const problem = std::get_if<Problem>(&*result))
        co_return answer_to(*problem);
    if (std::get<Message>(*result).progress.state == pending) {
        // Durable in the outbox either way: without a receipt in time the answer says pending.
        if (auto known = co_await receipt.take(patience_.receipt))
            result = std::move(known);
    }
    const auto& message = std::get<Message>(*result);
    co_return json_answer(message.progress.state == CHANNEL_REFUSED ? 409 : 202, views_.receipt(message));
}

Task<Answer> Api::check(Request request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    const auto found = id ? reader_.conversation(*id) : std::nullopt;
    if (!found)
        co_return unknown("conversation");
    auto asked = read_send(request.body, true);
    if (const auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;
    auto& [draft, upload] = std::get<SendRequest>(asked);
    const auto file = uploaded(upload);
    draft.content.path = file ? file->path : "";
    try {
        co_return json_answer(200, view_of(host_.check(*found, draft)));
    } catch (const channel::Error& error) {
        co_return failure(status_for(error), error.code(), error.text());
    }
}

Task<Answer> Api::cancel(Request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    const auto known = id ? reader_.outgoing(*id, segments[1]) : std::nullopt;
    if (!known)
        co_return unknown(id && reader_.conversation(*id) ? "message" : "conversation");

    using Result = std::variant<Message, Problem>;
    Mailbox<Result> ended(loop_);
    host_.cancel(*id, segments[1], ended.address());
    const auto result = co_await ended.take(patience_.cancel);
    if (!result) {
        // It is on its way and cannot be taken back now; what it becomes comes as an event.
        const auto present = reader_.outgoing(*id, segments[1]);
        co_return json_answer(202, views_.message(present.value_or(*known)));
    }
    if (const auto* const problem = std::get_if<Problem>(&*result))
        co_return answer_to(*problem);
    const auto& message = std::get<Message>(*result);
    const auto status = message.progress.state == CHANNEL_CANCELLED ? 200U : 409U;
    auto view = views_.message(message);
    if (status == 409U) {
        view["error"] = "too_late";
        view["text"] = "The message is " + std::string{state_name(message.progress.state)} + " already.";
    }
    co_return json_answer(status, view);
}

Task<Answer> Api::set_participants(Request request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    if (!id || !reader_.conversation(*id))
        co_return unknown("conversation");
    auto asked = read_participants(request.body);
    if (const auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;

    using Result = std::optional<Problem>;
    Mailbox<Result> kept(loop_);
    host_.set_participants(*id, std::get<Employees>(asked), kept.address());
    const auto result = co_await kept.take(patience_.receipt);
    if (!result)
        co_return failure(503, "unavailable", "The host's store does not answer.");
    if (*result)
        co_return answer_to(**result);
    co_return json_answer(200, views_.conversation(*reader_.conversation(*id)));
}

Task<Answer> Api::set_typing(Request request, Segments segments)
{
    const auto id = host_.conversation_of(segments[0]);
    const auto found = id ? reader_.conversation(*id) : std::nullopt;
    if (!found)
        co_return unknown("conversation");
    const auto asked = read_typing(request.body);
    if (const auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;
    const auto& typing = std::get<TypingRequest>(asked);
    if (std::ranges::find(found->participants, typing.employee) == found->participants.end())
        co_return failure(
            409, "not_a_participant", typing.employee + " does not take part in this conversation."
        );
    if (host_.typing(*found, typing.on))
        co_return json_answer(202, {{"typing", typing.on}});
    Answer nothing;
    nothing.status = 204;
    co_return nothing;
}

json::object Api::clock_view() const
{
    const auto adjustable = host_.config().clock != ClockKind::system;
    return {{"now", iso8601(host_.now())}, {"adjustable", adjustable}};
}

Task<Answer> Api::get_clock(Request, Segments)
{
    co_return json_answer(200, clock_view());
}

Task<Answer> Api::move_clock(Request request, Segments)
{
    if (host_.config().clock == ClockKind::system)
        co_return failure(409, "clock_not_adjustable", "This host's clock is the system's.");
    const auto asked = read_advance(request.body);
    if (const auto* const wrong = std::get_if<Answer>(&asked))
        co_return *wrong;

    Mailbox<std::string> moved(loop_);
    const auto move = [this, by = std::get<channel::Milliseconds>(asked), tell = moved.address()] {
        try {
            host_.advance(by);
            tell("");
        } catch (const std::exception& why) {
            tell(why.what());
        }
    };
    asio::post(worker_, move);
    const auto why = co_await moved.take(worker_patience);
    if (!why || !why->empty())
        co_return failure(503, "clock_stopped", why.value_or("The clock is still moving."));
    co_return json_answer(200, clock_view());
}

Task<Answer> Api::reload(Request, Segments)
{
    Mailbox<std::vector<CustomerReload>> reloaded(loop_);
    const auto work = [this, tell = reloaded.address()] { tell(host_.reload()); };
    asio::post(worker_, work);
    const auto all = co_await reloaded.take(worker_patience);
    json::array customers;
    for (const auto& reload : all.value_or(std::vector<CustomerReload>())) {
        const json::array errors(reload.errors.begin(), reload.errors.end());
        json::object view;
        view["customer"] = reload.customer;
        view["ok"] = reload.ok;
        view["errors"] = errors;
        const json::array notes(reload.notes.begin(), reload.notes.end());
        view["notes"] = notes;
        customers.push_back(std::move(view));
    }
    json::object view;
    view["customers"] = std::move(customers);
    co_return json_answer(200, view);
}

Task<Answer> Api::metrics(Request, Segments)
{
    Answer answer;
    answer.type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    answer.body = host_.metrics();
    co_return answer;
}

Task<Answer> Api::health(Request, Segments)
{
    const auto ailments = host_.ailments();
    json::object view;
    view["ok"] = ailments.empty();
    view["reasons"] = json::array(ailments.begin(), ailments.end());
    co_return json_answer(ailments.empty() ? 200 : 503, view);
}

Task<Answer> Api::media(Request request, Segments segments)
{
    MessageId id = 0;
    std::from_chars(segments[0].data(), segments[0].data() + segments[0].size(), id);
    const auto message = reader_.message(id);
    if (!message || message->media.empty())
        co_return unknown("media");
    const auto path = host_.config().media / message->media;
    auto answer = file_answer(path, message->mime, message->name, request.range);
    co_return answer ? *std::move(answer) : unknown("media");
}

// The recording once more, as browsers play it: a channel has put it beside the file.
Task<Answer> Api::playable(Request request, Segments segments)
{
    MessageId id = 0;
    std::from_chars(segments[0].data(), segments[0].data() + segments[0].size(), id);
    const auto message = reader_.message(id);
    const auto name = message ? playable_of(*message) : std::string{};
    auto answer = name.empty() ? std::nullopt
                               : file_answer(host_.config().media / name, "audio/wav", {}, request.range);
    co_return answer ? *std::move(answer) : unknown("media");
}

}  // namespace host::http
