#include "engine/a_platform.hpp"

#include <boost/json.hpp>

#include <utility>

namespace wechat::engine {

using scripted::Reply;
using scripted::Request;

namespace {

// Where the platform says that videos lie: another host, as far as the plugin knows.
const std::string elsewhere = "/videos/";

Call call_of(const Request& request)
{
    if (request.target.starts_with("/cgi-bin/stable_token"))
        return Call::token;
    if (request.target.starts_with("/cgi-bin/media/upload"))
        return Call::upload;
    const bool file =
        request.target.starts_with("/cgi-bin/media/get") || request.target.starts_with(elsewhere);
    return file ? Call::download : Call::send;
}

// Empty where it is not there.
std::string between(const std::string& text, const std::string& before, const std::string& after)
{
    const auto found = text.find(before);
    if (found == std::string::npos)
        return {};
    const auto begin = found + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

std::string contact_in(const Request& request)
{
    return between(request.body, R"("touser":")", "\"");
}

// Nothing of HTTP came, or no whole answer: whether the call was carried out, nobody can tell.
bool tells_nothing(const Reply& reply)
{
    const auto body = reply.bytes.find("\r\n\r\n{");
    const bool json_cut_short = body != std::string::npos && !reply.bytes.ends_with('}');
    return reply.bytes.empty() || reply.close || json_cut_short;
}

}  // namespace

std::string on_the_phone(std::string_view body)
{
    const auto message = boost::json::parse({body.data(), body.size()}).as_object();
    const auto text = [](const boost::json::value& value) { return std::string{value.as_string()}; };
    const auto type = text(message.at("msgtype"));
    auto words = text(message.at("touser")) + ": ";
    if (type == "text")
        return words + text(message.at("text").at("content"));
    if (type == "news")
        return words + "link " + text(message.at("news").at("articles").at(0).at("url"));
    return words + type + ' ' + text(message.at(type).at("media_id"));
}

void Platform::answers(Call call, std::vector<Reply> replies)
{
    const std::lock_guard lock{mutex_};
    auto& next = scripts_[call].next;
    next.insert(next.end(), replies.begin(), replies.end());
}

void Platform::always(Call call, std::optional<Reply> reply)
{
    const std::lock_guard lock{mutex_};
    scripts_[call].next.clear();
    scripts_[call].always = std::move(reply);
}

void Platform::fails(Call call, std::size_t nth, Reply reply)
{
    const std::lock_guard lock{mutex_};
    auto& script = scripts_[call];
    script.nth[script.asked + nth] = std::move(reply);
}

void Platform::goes_away()
{
    server_.goes_away();
    server_.hangs_up();
}

void Platform::goes_away_after(Call call)
{
    const std::lock_guard lock{mutex_};
    scripts_[call].away_after = true;
}

void Platform::recovers()
{
    {
        const std::lock_guard lock{mutex_};
        for (auto& [call, script] : scripts_) {
            script.next.clear();
            script.always.reset();
            script.nth.clear();
            script.away_after = false;
        }
    }
    server_.comes_back();
}

void Platform::holds(const std::string& contact, scripted::Gate& gate)
{
    const std::lock_guard lock{mutex_};
    gates_[contact] = &gate;
}

void Platform::holds(Call call, scripted::Gate& gate)
{
    const std::lock_guard lock{mutex_};
    scripts_[call].gate = &gate;
}

void Platform::has(const std::string& media_id, const std::string& bytes)
{
    const std::lock_guard lock{mutex_};
    files_[media_id] = bytes;
}

void Platform::loses(const std::string& media_id)
{
    const std::lock_guard lock{mutex_};
    files_.erase(media_id);
}

Reply Platform::lies_elsewhere(const std::string& media_id)
{
    return scripted::json(
        R"({"video_url":"http://127.0.0.1:)" + server_.port() + elsewhere + media_id + "\"}"
    );
}

Happened Platform::sends()
{
    Happened sends;
    for (const auto& request : server_.requests_to("/cgi-bin/message/custom/send"))
        sends.push_back(on_the_phone(request.body));
    return sends;
}

Happened Platform::shown()
{
    const std::lock_guard lock{mutex_};
    return shown_;
}

Happened Platform::unanswered()
{
    const std::lock_guard lock{mutex_};
    return unanswered_;
}

Happened Platform::uploads()
{
    const std::lock_guard lock{mutex_};
    return uploads_;
}

std::string Platform::uploaded(const std::string& media_id)
{
    const std::lock_guard lock{mutex_};
    return uploaded_[media_id];
}

std::size_t Platform::count(Call call)
{
    const std::lock_guard lock{mutex_};
    return scripts_[call].asked;
}

std::optional<Reply> Platform::scripted_reply(Script& script)
{
    if (const auto found = script.nth.find(script.asked); found != script.nth.end())
        return found->second;
    if (script.next.empty())
        return script.always;
    auto reply = std::move(script.next.front());
    script.next.pop_front();
    return reply;
}

Reply Platform::keep_upload(const Request& request)
{
    const auto type = between(request.target, "type=", "&");
    const auto media_id = "M" + std::to_string(uploaded_.size() + 1);
    const auto begin = request.body.find("\r\n\r\n") + 4;
    uploaded_[media_id] = request.body.substr(begin, request.body.rfind("\r\n--") - begin);
    uploads_.push_back(type + ' ' + media_id);
    return scripted::json(R"({"type":")" + type + R"(","media_id":")" + media_id + R"(","created_at":1})");
}

Reply Platform::good_reply(Call call, const Request& request)
{
    switch (call) {
    case Call::token: return scripted::json(R"({"access_token":"t","expires_in":7200})");
    case Call::upload: return keep_upload(request);
    case Call::download: {
        const bool is_video = request.target.starts_with(elsewhere);
        const auto found = files_.find(
            is_video ? request.target.substr(elsewhere.size()) : between(request.target, "media_id=", "&")
        );
        return found == files_.end() ? scripted::errcode(40007) : scripted::http(200, found->second);
    }
    case Call::send: break;
    }
    return scripted::errcode(0);
}

void Platform::write_down(const Request& request, const Reply& reply)
{
    const auto what = on_the_phone(request.body);
    if (tells_nothing(reply))
        unanswered_.push_back(what);
    else if (reply.bytes == scripted::errcode(0).bytes)
        shown_.push_back(what);
}

Reply Platform::answer(const Request& request)
{
    const auto call = call_of(request);
    scripted::Gate* gate = nullptr;
    Reply reply;
    bool away = false;
    {
        const std::lock_guard lock{mutex_};
        auto& script = scripts_[call];
        ++script.asked;
        gate = script.gate;
        if (const auto found = gates_.find(contact_in(request)); call == Call::send && found != gates_.end())
            gate = found->second;
        const auto told = scripted_reply(script);
        reply = told ? *told : good_reply(call, request);
        if (request.target.starts_with("/cgi-bin/message/custom/send"))  // other calls are answered as sends are
            write_down(request, reply);
        away = std::exchange(script.away_after, false);
    }
    if (gate != nullptr)
        gate->wait();
    if (!away)
        return reply;
    server_.goes_away();
    reply.close = true;
    reply.bytes.replace(reply.bytes.find("Content-Length"), 0, "Connection: close\r\n");
    return reply;
}

}  // namespace wechat::engine
