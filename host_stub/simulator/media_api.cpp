// media/upload and media/get (wechat-protocol.md 4.5).
#include "simulator/endpoint.hpp"

#include <boost/json/object.hpp>

namespace simulator {

Response media_upload(Call& call)
{
    const auto type = parameter(call.request.query, "type");
    // The platform's reader wants a Content-Length.
    if (call.request.chunked)
        return answer(call, 41005);
    const auto file = read_upload(call.request.content_type, call.request.body);
    if (file.errcode != 0)
        return answer(call, file.errcode);
    if (const auto fault = why_refused(type, file.bytes); fault != 0)
        return answer(call, fault);
    boost::json::object fields;
    fields["type"] = type;
    fields[type == "thumb" ? "thumb_media_id" : "media_id"] = call.platform.store(
        *call.account,
        {.type = type,
         .name = file.name,
         .mime = std::string{mime_of(file.bytes)},
         .bytes = std::string{file.bytes},
         .expires = call.now + media_lifetime}
    );
    fields["created_at"] = to_seconds(call.now).time_since_epoch().count();
    return answer(fields);
}

Response media_get(Call& call)
{
    const auto id = parameter(call.request.query, "media_id");
    if (id.empty())
        return answer(call, 41006);
    const auto* const media = Platform::media(*call.account, id, call.now);
    if (media == nullptr)
        return answer(call, 40007);
    if (media->type == "video") {
        boost::json::object fields;
        fields["video_url"] = call.platform.public_url + "/sim/media/" + id;
        return answer(fields);
    }
    const auto name = id + "." + std::string{extension_of(media->mime)};
    return {
        .content_type = media->mime,
        .body = media->bytes,
        .disposition = "attachment; filename=\"" + name + "\"",
    };
}

}  // namespace simulator
