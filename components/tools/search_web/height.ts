export default "h-80"
