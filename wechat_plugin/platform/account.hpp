/// What one official account can ask of the platform, with its token looked after.
#pragma once

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "codec/errcode.hpp"
#include "loop/task.hpp"
#include "platform/client.hpp"
#include "platform/fetch.hpp"
#include "platform/token.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace wechat::platform {

/// What became of one try at a call.
///
/// uncertain  written, never answered: it may have been carried out (A7); meaning says nothing then
/// words      the platform's or the socket's, for people: no text, openid, token or secret
struct Outcome {
    bool uncertain = false;
    codec::Meaning meaning = codec::Meaning::sent;
    std::int64_t errcode = 0;
    std::string words = {};
    std::string rid = {};
    [[nodiscard]] bool good() const { return !uncertain && meaning == codec::Meaning::sent; }
};

/// A call's outcome, and where it is good what the platform has answered: JSON.
struct Said {
    Outcome outcome = {};
    std::string body = {};
};

/// A file for media/upload. type: image, voice, video or thumb; name: ASCII, with the ending of its mime.
struct Upload {
    std::string type = {};
    std::string name = {};
    std::string mime = {};
    std::string bytes = {};
};

struct Uploaded {
    Outcome outcome = {};
    std::string media_id = {};
};

/// A file as media/get gave it; mime as the header says, empty where it says none.
struct Downloaded {
    Outcome outcome = {};
    std::string bytes = {};
    std::string mime = {};
};

/// One account on one platform. Of the loop's thread only.
///
/// Each call is made with a fresh token and one more try after a token fault (A4). A token fault that remains is the
/// account's: Meaning::hold_account.
class Account {
public:
    /// hosts  as Client takes them
    Account(Loop& loop, std::vector<Url> hosts, AppId app_id, Secret app_secret, Limits limits);

    /// custom/send: the body as codec/api.hpp makes it (wechat-protocol.md 4.2).
    Task<Outcome> send_custom(std::string body, Time now);

    /// Any call with JSON in and out. path may have a query; body empty: a GET.
    Task<Said> ask(std::string path, std::string body, Time now);

    /// media/upload (wechat-protocol.md 4.5). Never uncertain: a file uploaded twice harms nobody, so it is tried later.
    Task<Uploaded> upload(Upload file, Time now);

    /// media/get, and for a video the second request that it asks for (wechat-protocol.md 4.5). Never uncertain.
    ///
    /// An expired or foreign media id (40007) is Meaning::upload_again, which only its sender could.
    Task<Downloaded> download(std::string media_id, Time now);

    void set_secret(Secret app_secret) { tokens_.set_secret(std::move(app_secret)); }
    void stop()
    {
        client_.stop();
        fetches_.stop();
    }
    [[nodiscard]] const Figures& figures() const { return client_.figures(); }
    [[nodiscard]] std::uint64_t token_fetches() const { return tokens_.fetches(); }

private:
    // What an answer with HTTP 200 says, in the form of the call.
    using Reading = std::function<Outcome(const Answer&)>;
    static Outcome read_file(const Answer& answer, Downloaded& file, std::string& video_url);
    Task<Outcome> call(ApiRequest request, Reading read, Time now);
    Task<Outcome> call_once(ApiRequest request, Reading read, Secret token);

    Client client_;
    Fetches fetches_;
    AccessTokens tokens_;
};

}  // namespace wechat::platform
