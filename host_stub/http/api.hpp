/// The requests of interfaces.md 4, one function each. Everything on the loop's thread.
#pragma once

#include "host.hpp"
#include "http/message.hpp"
#include "http/pattern.hpp"
#include "http/requests.hpp"
#include "http/simulator.hpp"
#include "http/views.hpp"
#include "reader.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace host::http {

class Api {
public:
    struct Patience {
        std::chrono::milliseconds receipt{5000};  // then the answer is 202 and says that it is pending
        std::chrono::milliseconds cancel{5000};
    };

    Api(boost::asio::io_context& loop,
        Host& host,
        Reader& reader,
        const Views& views,
        const Simulator& simulator,
        Patience patience);
    ~Api();

    [[nodiscard]] Task<Answer> answer(Request request);

private:
    struct Route;
    /// A file that came with a request, there until nobody needs it: the host links what it keeps.
    struct UploadedFile {
        explicit UploadedFile(std::string path_) : path(std::move(path_)) {}
        UploadedFile(const UploadedFile&) = delete;
        UploadedFile& operator=(const UploadedFile&) = delete;
        ~UploadedFile()
        {
            std::error_code gone;
            std::filesystem::remove(path, gone);
        }
        const std::string path;
    };
    static const std::vector<Route>& routes();

    Task<Answer> self(Request request, Segments);
    Task<Answer> channels(Request request, Segments);
    Task<Answer> texts(Request request, Segments);
    Task<Answer> conversations(Request request, Segments);
    Task<Answer> conversation(Request request, Segments segments);
    Task<Answer> send(Request request, Segments segments);
    Task<Answer> check(Request request, Segments segments);
    Task<Answer> cancel(Request request, Segments segments);
    Task<Answer> set_participants(Request request, Segments segments);
    Task<Answer> set_typing(Request request, Segments segments);
    Task<Answer> invite(Request request, Segments);
    Task<Answer> invitations(Request request, Segments);
    Task<Answer> invitation(Request request, Segments segments);
    Task<Answer> invitation_qr(Request request, Segments segments);
    Task<Answer> get_clock(Request request, Segments);
    Task<Answer> move_clock(Request request, Segments);
    Task<Answer> reload(Request request, Segments);
    Task<Answer> metrics(Request request, Segments);
    Task<Answer> health(Request request, Segments);
    Task<Answer> media(Request request, Segments segments);
    Task<Answer> playable(Request request, Segments segments);

    [[nodiscard]] boost::json::object clock_view() const;
    [[nodiscard]] std::optional<Invitation> invitation_of(const Segments& segments);
    /// What a channel says of a topic; empty where it says nothing.
    [[nodiscard]] std::string said_by(std::string_view channel, std::string_view topic) const;
    /// Shared by the request and what the host calls when it has kept the message. Throws where the disk is full.
    [[nodiscard]] std::shared_ptr<const UploadedFile> uploaded(const std::optional<Upload>& upload);

    boost::asio::io_context& loop_;
    Host& host_;
    Reader& reader_;
    const Views& views_;
    const Simulator& simulator_;
    Patience patience_;
    std::uint64_t uploads_ = 0;
    boost::asio::thread_pool worker_{1};  // for what blocks: moving the clock, reloading
};

}  // namespace host::http
