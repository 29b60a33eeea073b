#include "platform/fetch.hpp"

#include <utility>
#include <vector>

namespace wechat::platform {

Task<Result<Answer>> Fetches::fetch(std::string url)
{
    auto where = read_file_url(url);
    if (!where)
        co_return where.error();
    if (stopped_)
        co_return fail(errc::not_connected, "stopping");
    ApiRequest request;
    request.target = std::exchange(where->path, {});
    request.post = false;
    request.file = true;
    Client client(loop_, std::vector{*where}, limits_);
    under_way_.insert(&client);
    auto answer = co_await client.send(std::move(request));
    under_way_.erase(&client);
    if (answer && answer->status != 200)
        co_return fail(errc::bad_answer, "HTTP " + std::to_string(answer->status));
    co_return answer;
}

void Fetches::stop()
{
    stopped_ = true;
    for (auto* client : under_way_)
        client->stop();
}

}  // namespace wechat::platform
