/*
 * sendToAll(fds: Int32Array, count: number, bytes: Uint8Array, sent: Int32Array): void
 *
 * The same bytes to many sockets, by one send() each and without waiting: what Node does for each costs twice that call.
 * sent[i] becomes how many bytes the i-th socket took, or 0 where it took none; whoever calls leaves the rest to Node,
 * which also learns of a broken socket that way. Node-API 8: one build serves every newer Node.
 */
#include <errno.h>
#include <node_api.h>
#include <sys/socket.h>
#include <sys/types.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static napi_value send_to_all(napi_env env, napi_callback_info info) {
  napi_value args[4];
  size_t argc = 4;
  napi_typedarray_type kind;
  size_t fd_count, length, sent_count;
  void *fds, *bytes, *sent;
  uint32_t count;

  if (napi_get_cb_info(env, info, &argc, args, NULL, NULL) != napi_ok || argc < 4 ||
      napi_get_typedarray_info(env, args[0], &kind, &fd_count, &fds, NULL, NULL) != napi_ok ||
      kind != napi_int32_array || napi_get_value_uint32(env, args[1], &count) != napi_ok ||
      napi_get_typedarray_info(env, args[2], &kind, &length, &bytes, NULL, NULL) != napi_ok ||
      kind != napi_uint8_array ||
      napi_get_typedarray_info(env, args[3], &kind, &sent_count, &sent, NULL, NULL) != napi_ok ||
      kind != napi_int32_array || count > fd_count || count > sent_count || length > INT32_MAX) {
    napi_throw_type_error(env, NULL, "sendToAll(Int32Array, number, Uint8Array, Int32Array)");
    return NULL;
  }
  for (uint32_t i = 0; i < count; i += 1) {
    ssize_t taken;
    do {
      taken = send(((int32_t *)fds)[i], bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (taken < 0 && errno == EINTR);
    ((int32_t *)sent)[i] = taken < 0 ? 0 : (int32_t)taken;
  }
  return NULL;
}

static napi_value init(napi_env env, napi_value exports) {
  napi_value function;
  if (napi_create_function(env, "sendToAll", NAPI_AUTO_LENGTH, send_to_all, NULL, &function) == napi_ok)
    napi_set_named_property(env, exports, "sendToAll", function);
  return exports;
}

NAPI_MODULE(NODE_GYP_MODULE_NAME, init)
