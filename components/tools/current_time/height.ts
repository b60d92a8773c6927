export default "h-28"
