/// A platform that gives tokens, keeps files and takes messages, and fails as a test tells it.
#pragma once

#include "platform/scripted_server.hpp"

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::engine {

using Happened = std::vector<std::string>;

/// What the plugin asks: stable_token, media/upload, media/get, custom/send.
enum class Call { token, upload, download, send };

/// Any thread.
class Platform {
public:
    /// Replies to custom/send, or to another call, in their order; then all is well for ever.
    void answers(std::initializer_list<scripted::Reply> replies) { answers(Call::send, replies); }
    void answers(Call call, std::vector<scripted::Reply> replies);
    /// The reply to each such call from now on; nothing: all is well again, and what was to come of `answers` is gone.
    void always(Call call, std::optional<scripted::Reply> reply);
    void answers_token(std::optional<scripted::Reply> reply) { always(Call::token, std::move(reply)); }
    /// The n-th of such calls from now on, the first is 1; the others are well.
    void fails(Call call, std::size_t nth, scripted::Reply reply);

    /// Nobody listens any more: now, or as soon as the next of such calls is answered.
    void goes_away();
    void goes_away_after(Call call);
    /// All is well again, whatever was to come.
    void recovers();

    /// Sends to this contact, or all such calls, wait at the gate first.
    void holds(const std::string& contact, scripted::Gate& gate);
    void holds(Call call, scripted::Gate& gate);

    /// A contact's file; any other media id is unknown (40007).
    void has(const std::string& media_id, const std::string& bytes);
    void loses(const std::string& media_id);
    /// The answer to media/get that names a URL under which the file lies.
    [[nodiscard]] scripted::Reply lies_elsewhere(const std::string& media_id);

    /// "lily: Hello", "lily: image M1" for each custom/send, in the order in which they came.
    [[nodiscard]] Happened sends();
    /// The same of those that were taken, and of those of which nobody was told whether they were.
    [[nodiscard]] Happened shown();
    [[nodiscard]] Happened unanswered();
    /// "image M1" for each media/upload that was taken.
    [[nodiscard]] Happened uploads();
    /// The bytes that were uploaded under a media id.
    [[nodiscard]] std::string uploaded(const std::string& media_id);
    [[nodiscard]] std::size_t count(Call call);
    [[nodiscard]] scripted::Server& server() { return server_; }

private:
    struct Script {
        std::deque<scripted::Reply> next = {};
        std::optional<scripted::Reply> always = {};
        std::map<std::size_t, scripted::Reply> nth = {};
        bool away_after = false;
        std::size_t asked = 0;
        scripted::Gate* gate = nullptr;
    };

    scripted::Reply answer(const scripted::Request& request);
    [[nodiscard]] std::optional<scripted::Reply> scripted_reply(Script& script);
    scripted::Reply good_reply(Call call, const scripted::Request& request);
    scripted::Reply keep_upload(const scripted::Request& request);
    void write_down(const scripted::Request& request, const scripted::Reply& reply);

    std::mutex mutex_;
    std::map<Call, Script> scripts_;
    std::map<std::string, scripted::Gate*> gates_;
    std::map<std::string, std::string> files_, uploaded_;
    Happened shown_, unanswered_, uploads_;
    scripted::Server server_{[this](const scripted::Request& request) { return answer(request); }};
};

/// "lily: Hello", "lily: image M1", "lily: link https://..." of a body of custom/send.
[[nodiscard]] std::string on_the_phone(std::string_view body);

}  // namespace wechat::engine
